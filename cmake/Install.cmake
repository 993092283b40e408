include(GNUInstallDirs)
file(RELATIVE_PATH MTL_PC_TO_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" MTL_PC_TO_PREFIX "${MTL_PC_TO_PREFIX}")
configure_file(cmake/mtlslint.pc.in mtlslint.pc @ONLY)
set(completions "")
foreach(shell bash zsh fish)
  set(file ${CMAKE_BINARY_DIR}/completion/mtlslint.${shell})
  add_custom_command(OUTPUT ${file} DEPENDS mtlslint_cli
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/completion
    COMMAND mtlslint_cli completion ${shell} > ${file} VERBATIM)
  list(APPEND completions ${file})
endforeach()
add_custom_target(completions ALL DEPENDS ${completions})
install(FILES ${CMAKE_BINARY_DIR}/completion/mtlslint.bash
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME mtlslint)
install(FILES ${CMAKE_BINARY_DIR}/completion/mtlslint.zsh
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions RENAME _mtlslint)
install(FILES ${CMAKE_BINARY_DIR}/completion/mtlslint.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
set(manuals ${CMAKE_BINARY_DIR}/man/mtlslint.1 ${CMAKE_BINARY_DIR}/man/mtlslint.yaml.5)
add_custom_command(OUTPUT ${manuals} DEPENDS mtlslint_cli
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/man
  COMMAND mtlslint_cli man 1 > ${CMAKE_BINARY_DIR}/man/mtlslint.1
  COMMAND mtlslint_cli man 5 > ${CMAKE_BINARY_DIR}/man/mtlslint.yaml.5 VERBATIM)
add_custom_target(manuals ALL DEPENDS ${manuals})
install(FILES ${CMAKE_BINARY_DIR}/man/mtlslint.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${CMAKE_BINARY_DIR}/man/mtlslint.yaml.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(TARGETS mtlslint_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS mtlslint ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES docs/mtlslint.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/mtlslint)
install(FILES include/mtlslint.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_BINARY_DIR}/mtlslint.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# cpack -G DEB, in the build directory: the program with its manual pages and completion, and the library.
set(CPACK_PACKAGE_NAME mtlslint)
set(CPACK_PACKAGE_CONTACT "The authors of mtlslint <mtlslint@example.org>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_STRIP_FILES ON)
include(CPack)
