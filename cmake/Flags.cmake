# Warnings, hardening and sanitizers, as one interface target.
add_library(mtl_flags INTERFACE)
target_compile_options(mtl_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
                       -Wmissing-prototypes -Wvla -Werror=implicit-function-declaration)
target_compile_definitions(mtl_flags INTERFACE OPENSSL_NO_DEPRECATED _POSIX_C_SOURCE=200809L)
if(MTL_SANITIZE)
  # For all targets, libraries of tests included.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(MTL_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(mtl_flags INTERFACE -fstack-protector-strong)
  target_compile_definitions(mtl_flags INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(mtl_flags INTERFACE -Wl,-z,relro,-z,now)
endif()
