include(GNUInstallDirs)
file(RELATIVE_PATH MTL_PC_TO_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" MTL_PC_TO_PREFIX "${MTL_PC_TO_PREFIX}")
configure_file(cmake/mtlslint.pc.in mtlslint.pc @ONLY)

# Completion and manual pages are what the program prints.
set(MTL_HOST_PROGRAM "" CACHE STRING
    "what prints completion and manual pages: the path of an mtlslint; empty: the one that is built; OFF: leave them out")
set(printer mtlslint_cli)
if(NOT MTL_HOST_PROGRAM STREQUAL "")
  set(printer ${MTL_HOST_PROGRAM})
endif()

# mtl_printed(FILE ARGUMENTS...): build/printed/FILE is what `mtlslint ARGUMENTS` prints.
function(mtl_printed file)
  set(path ${CMAKE_BINARY_DIR}/printed/${file})
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/printed)
  add_custom_command(OUTPUT ${path} DEPENDS ${printer} COMMAND ${printer} ${ARGN} > ${path} VERBATIM)
  set(printed ${printed} ${path} PARENT_SCOPE)
endfunction()

if(printer)
  mtl_printed(mtlslint.bash completion bash)
  mtl_printed(mtlslint.zsh completion zsh)
  mtl_printed(mtlslint.fish completion fish)
  mtl_printed(mtlslint.1 man 1)
  mtl_printed(mtlslint.yaml.5 man 5)
  add_custom_target(printed ALL DEPENDS ${printed})
  set(printed ${CMAKE_BINARY_DIR}/printed)
  install(FILES ${printed}/mtlslint.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME mtlslint)
  install(FILES ${printed}/mtlslint.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions RENAME _mtlslint)
  install(FILES ${printed}/mtlslint.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
  install(FILES ${printed}/mtlslint.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${printed}/mtlslint.yaml.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
endif()

install(TARGETS mtlslint_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS mtlslint ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES cmake/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES docs/mtlslint.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/mtlslint)
install(FILES include/mtlslint.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_BINARY_DIR}/mtlslint.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# cpack -G DEB, in the build directory: the program with its manual pages and completion, and the library. The package's
# maintainer is who builds it, as Debian's tools learn it.
set(CPACK_PACKAGE_NAME mtlslint)
set(CPACK_PACKAGE_CONTACT "a local build <root@localhost>")
if(NOT "$ENV{DEBEMAIL}" STREQUAL "")
  set(CPACK_PACKAGE_CONTACT "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
endif()
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "It reads what both sides of a connection present and trust, and says whether
they will connect; if not, who rejects which certificate, with which alert,
what each side logs, and what to change. It lints certificates, bundles and
trust stores, and opens no connection.")
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/CompressManuals.cmake)
include(CPack)
