# iresweep_module(NAME [LINKS target...]): one static library of all .cpp files in the calling folder.
# A new source file joins its folder's target by lying there.
function(iresweep_module name)
  cmake_parse_arguments(arg "" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC iresweep_defaults ${arg_LINKS})
  set_property(GLOBAL APPEND PROPERTY IRESWEEP_MODULES ${name})
endfunction()
