# mtlslint_static: the program as one file that needs nothing of the machine it runs on, from the static libraries of
# Debian's -dev packages and the objects of mtlslint_cli. libxml2 refers to ICU, which is C++, and whose tables are 30 MB of
# the program. The linker warns of dlopen() and getaddrinfo(), for the modules of libcrypto and the downloads of libxml2:
# neither is used here.
if(NOT MTL_SANITIZE)
  add_executable(mtlslint_static EXCLUDE_FROM_ALL $<TARGET_OBJECTS:mtlslint_cli>)
  set_target_properties(mtlslint_static PROPERTIES OUTPUT_NAME mtlslint-static LINKER_LANGUAGE C)
  target_link_options(mtlslint_static PRIVATE -static-pie -s -Wl,--no-warnings)
  target_link_libraries(mtlslint_static PRIVATE $<TARGET_FILE:mtlslint> mtl_flags ${CRYPTO_STATIC_LDFLAGS}
                        ${TASN1_STATIC_LDFLAGS} ${JANSSON_STATIC_LDFLAGS} ${XML_STATIC_LDFLAGS} ${YAML_STATIC_LDFLAGS} stdc++)
  add_dependencies(mtlslint_static mtlslint)
endif()
