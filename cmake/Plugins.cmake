# Plug-in families: adding a member is adding a file.
#
# mtl_plugin_table(FAMILY TYPE HEADER GLOB) writes a table of pointers, mtl_FAMILY_table[], in order of file name. A
# file rules/missing_intermediate.c must define `const struct mtl_rule rule_missing_intermediate`; files already named
# FAMILY_x.c define FAMILY_x. A misspelt symbol is a link error.
function(mtl_plugin_table family type header glob)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${glob})
  list(SORT files)
  set(declarations "")
  set(entries "")
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    string(REGEX REPLACE "^${family}_" "" name ${name})
    string(APPEND declarations "extern const ${type} ${family}_${name};\n")
    string(APPEND entries "    &${family}_${name},\n")
  endforeach()
  list(LENGTH files count)
  set(table ${CMAKE_BINARY_DIR}/generated/${family}_table.c)
  file(CONFIGURE OUTPUT ${table} CONTENT "/* Written by cmake/Plugins.cmake. */
#include \"${header}\"

${declarations}
extern const ${type} *const mtl_${family}_table[];
extern const size_t mtl_${family}_table_count;
const ${type} *const mtl_${family}_table[] = {
${entries}    NULL,
};
const size_t mtl_${family}_table_count = ${count};
" @ONLY)
  if(family STREQUAL "command")
    set(mtl_generated_command ${table} PARENT_SCOPE)
  else()
    set(mtl_generated ${mtl_generated} ${table} PARENT_SCOPE)
  endif()
endfunction()

# A file's text in the program: `const char mtl_text_NAME[]`, ended by a NUL, in a generated source file that
# mtl_generated_text gains.
function(mtl_text_file name file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} octets HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," octets "${octets}")
  set(source ${CMAKE_BINARY_DIR}/generated/text_${name}.c)
  file(CONFIGURE OUTPUT ${source} CONTENT "/* Written by cmake/Plugins.cmake from ${file}. */
extern const char mtl_text_${name}[];
const char mtl_text_${name}[] = {${octets}0};
" @ONLY)
  set(mtl_generated_text ${mtl_generated_text} ${source} PARENT_SCOPE)
endfunction()

# The examples on the pages of rules, from their cases: mtl_rule_pages[].
function(mtl_rule_pages)
  file(GLOB cases CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fixtures/rules/*/*.case)
  file(GLOB recipes CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fixtures/rules/*/chain.recipe)
  list(SORT cases)
  set(script ${CMAKE_SOURCE_DIR}/cmake/examples.awk)
  set(since ${CMAKE_SOURCE_DIR}/rules/SINCE)
  set(list ${CMAKE_BINARY_DIR}/generated/rule_cases)
  set(table ${CMAKE_BINARY_DIR}/generated/rule_pages.c)
  list(JOIN cases "\n" lines)
  file(CONFIGURE OUTPUT ${list} CONTENT "${lines}\n" @ONLY)
  find_program(AWK NAMES awk mawk gawk REQUIRED)
  add_custom_command(OUTPUT ${table} DEPENDS ${script} ${since} ${list} ${cases} ${recipes} VERBATIM
    COMMAND ${AWK} -v version=${PROJECT_VERSION} -v list=${list} -f ${script} ${since} > ${table})
  set(mtl_generated ${mtl_generated} ${table} PARENT_SCOPE)
endfunction()

# An ASN.1 module compiled into a table for libtasn1: symbol <name>_asn1_tab.
function(mtl_asn1_module module)
  find_program(ASN1_PARSER asn1Parser REQUIRED)
  get_filename_component(name ${module} NAME_WE)
  set(table ${CMAKE_BINARY_DIR}/generated/${name}_asn1_tab.c)
  add_custom_command(OUTPUT ${table} DEPENDS ${CMAKE_SOURCE_DIR}/${module}
    COMMAND ${ASN1_PARSER} -o ${table} -n ${name}_asn1_tab ${CMAKE_SOURCE_DIR}/${module} VERBATIM)
  set(mtl_generated ${mtl_generated} ${table} PARENT_SCOPE)
endfunction()
