# Install rules, CMake package, pkg-config file and .deb. Version and description come from project() alone.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/iresweep)

# The library: one archive of the modules' objects, so that a user links one name. It is static only, hence all
# that it needs stands in its interface.
get_property(modules GLOBAL PROPERTY IRESWEEP_MODULES)
list(REMOVE_ITEM modules iresweep_train)  # LibTorch is for the trainer alone
if(IRESWEEP_HAVE_CUDA)
  list(APPEND modules iresweep_cuda iresweep_cuda_weights)
endif()
list(TRANSFORM modules REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE objects)
add_library(iresweep_library STATIC ${objects})
set_target_properties(iresweep_library PROPERTIES OUTPUT_NAME iresweep EXPORT_NAME iresweep LINKER_LANGUAGE CXX)
target_compile_features(iresweep_library INTERFACE cxx_std_20)
target_include_directories(iresweep_library INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(iresweep_library INTERFACE
    PkgConfig::HTSLIB PkgConfig::HWY PkgConfig::XXHASH PkgConfig::ZLIB fmt::fmt Threads::Threads)
set(cuda_libs "")
if(IRESWEEP_HAVE_CUDA)
  # The runtime is linked statically and finds the driver when it is asked for: without one the program still runs.
  target_link_libraries(iresweep_library INTERFACE CUDA::cudart_static)
  set(cuda_libs "-L${CUDAToolkit_LIBRARY_DIR} -lcudart_static -ldl -lrt")
endif()

# iresweep_gzip(FROM TO): Debian wants documents compressed, without name and date in them.
function(iresweep_gzip from to)
  cmake_path(ABSOLUTE_PATH from)
  add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/${to} DEPENDS ${from} VERBATIM
                     COMMAND sh -c "gzip -9n < \"$1\" > \"$2\"" gzip ${from} ${PROJECT_BINARY_DIR}/${to})
  add_custom_target(gzip_${to} ALL DEPENDS ${PROJECT_BINARY_DIR}/${to})
endfunction()

# iresweep_program(TARGET COMPONENT): a program with the documents that a package of its own needs.
function(iresweep_program target component)
  set(documents ${CMAKE_INSTALL_DATAROOTDIR}/doc/${target})
  install(TARGETS ${target} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${component})
  install(FILES ${PROJECT_BINARY_DIR}/changelog.gz DESTINATION ${documents} COMPONENT ${component})
  install(FILES LICENSE DESTINATION ${documents} RENAME copyright COMPONENT ${component})
endfunction()

# Components: the program for everyone, the library for who builds upon it, the trainer where LibTorch is.
set(programs iresweep)
set(components program)
iresweep_gzip(CHANGELOG.md changelog.gz)
iresweep_program(iresweep program)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
if(TARGET iresweep-train)
  list(APPEND programs iresweep-train)
  list(APPEND components train)
  iresweep_program(iresweep-train train)
endif()

# Man pages come from what the program's --help says; a program for another machine cannot be asked.
find_program(HELP2MAN help2man)
if(HELP2MAN AND NOT CMAKE_CROSSCOMPILING)
  add_custom_command(OUTPUT man/iresweep.1.gz DEPENDS ${programs} tools/man-pages.sh
                     COMMAND ${PROJECT_SOURCE_DIR}/tools/man-pages.sh $<TARGET_FILE:iresweep> ${PROJECT_BINARY_DIR}/man)
  add_custom_target(man_pages ALL DEPENDS man/iresweep.1.gz)
  install(DIRECTORY ${PROJECT_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program
          PATTERN iresweep-train* EXCLUDE)
  if(TARGET iresweep-train)
    install(DIRECTORY ${PROJECT_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT train
            FILES_MATCHING PATTERN iresweep-train*)
  endif()
endif()

install(TARGETS iresweep_library EXPORT iresweep ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
install(DIRECTORY include/iresweep DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library)
install(EXPORT iresweep NAMESPACE iresweep:: FILE iresweepTargets.cmake DESTINATION ${package_dir} COMPONENT library)
configure_package_config_file(cmake/iresweepConfig.cmake.in iresweepConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(iresweepConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/iresweepConfig.cmake ${PROJECT_BINARY_DIR}/iresweepConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT library)
file(RELATIVE_PATH pc_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/iresweep.pc.in iresweep.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/iresweep.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT library)

# A .deb for each program; what it depends on is read off the binary.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The iresweep authors <iresweep@example.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL ${components})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME iresweep)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS iresweep-train)
set(CPACK_DEBIAN_TRAIN_PACKAGE_NAME iresweep-train)
set(CPACK_DEBIAN_TRAIN_PACKAGE_RECOMMENDS iresweep)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The first line is the summary; CPack would put one of its own before both.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "scanner for internal ribosome entry sites (IRES) in RNA
Slides a window over transcripts and genomes, scores every window with a
neural network and writes the hits as BED, CSV or TSV. A model is built in.")
set(CPACK_COMPONENT_TRAIN_DESCRIPTION "trainer of networks for iresweep
Trains networks on labelled windows by LibTorch, for iresweep to score with;
iresweep train starts it.")
include(CPack)
