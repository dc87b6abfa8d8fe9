# Language level, warnings and sanitizers for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug" FORCE)
endif()

set(IRESWEEP_SANITIZE "" CACHE STRING "Sanitizers: address,undefined or thread")

add_library(iresweep_defaults INTERFACE)
target_include_directories(iresweep_defaults INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
# No contraction: a * b + c rounds twice wherever the source says so, and once wherever it calls for a fused
# multiply-add. Otherwise results would depend on what the compiler inlines.
set(options -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror -ffp-contract=off)
target_compile_options(iresweep_defaults INTERFACE "$<$<COMPILE_LANGUAGE:CXX>:${options}>")
if(IRESWEEP_SANITIZE)
  target_compile_options(iresweep_defaults INTERFACE
      -fsanitize=${IRESWEEP_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(iresweep_defaults INTERFACE -fsanitize=${IRESWEEP_SANITIZE})
endif()
