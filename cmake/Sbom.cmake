# aura_sbom(FILE): writes the Debian packages used by a build, with their versions, as CycloneDX JSON.
# They are listed in cmake/packages.txt; npm packages in web/package-lock.json.
function(aura_sbom file)
  find_program(DPKG_QUERY dpkg-query)
  file(STRINGS ${PROJECT_SOURCE_DIR}/cmake/packages.txt lines REGEX "^build +[a-z]")
  set(components "")
  foreach(line ${lines})
    string(REGEX REPLACE "^build +(command:[a-z]+=)?([^ #]+).*$" "\\2" package "${line}")
    if(DPKG_QUERY)
      execute_process(COMMAND ${DPKG_QUERY} -W -f=\${Version} ${package}
        OUTPUT_VARIABLE version ERROR_QUIET)
    endif()
    if(NOT version)
      set(version unknown)
    endif()
    list(APPEND components "    {\"type\": \"library\", \"name\": \"${package}\", \"version\": \"${version}\", \"purl\": \"pkg:deb/debian/${package}@${version}?distro=debian-12\"}")
    unset(version)
  endforeach()
  list(JOIN components ",\n" components)
  file(CONFIGURE OUTPUT ${file} CONTENT "{
  \"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"version\": 1,
  \"metadata\": {\"component\": {\"type\": \"application\", \"name\": \"aura\", \"version\": \"@PROJECT_VERSION@\"}},
  \"components\": [
@components@
  ]
}
" @ONLY)
endfunction()
