# libphonenumber: the library is installed (package libphonenumber8); its headers are extracted from the
# package libphonenumber-dev without installing it. That package depends on Debian's default Boost
# (1.74), which conflicts with the 1.81 that we use; neither the library nor its headers use Boost.
include(FindPackageHandleStandardArgs)

set(phone_number_root ${PROJECT_BINARY_DIR}/debian/libphonenumber-dev)
find_library(PhoneNumber_LIBRARY NAMES phonenumber libphonenumber.so.8)
find_path(PhoneNumber_INCLUDE_DIR phonenumbers/phonenumberutil.h
  HINTS ${phone_number_root}/usr/include)

if(NOT PhoneNumber_INCLUDE_DIR)
  file(MAKE_DIRECTORY ${phone_number_root})
  execute_process(COMMAND apt-get download libphonenumber-dev
    WORKING_DIRECTORY ${phone_number_root} RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE why)
  file(GLOB package ${phone_number_root}/*.deb)
  if(failed OR NOT package)
    message(FATAL_ERROR "apt-get download libphonenumber-dev failed (run apt-get update first?): ${why}")
  endif()
  execute_process(COMMAND dpkg-deb -x ${package} ${phone_number_root} COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE ${package})
  find_path(PhoneNumber_INCLUDE_DIR phonenumbers/phonenumberutil.h
    HINTS ${phone_number_root}/usr/include)
endif()

find_package_handle_standard_args(PhoneNumber DEFAULT_MSG PhoneNumber_LIBRARY
                                  PhoneNumber_INCLUDE_DIR)
if(PhoneNumber_FOUND AND NOT TARGET PhoneNumber::PhoneNumber)
  add_library(PhoneNumber::PhoneNumber UNKNOWN IMPORTED)
  set_target_properties(PhoneNumber::PhoneNumber PROPERTIES
    IMPORTED_LOCATION ${PhoneNumber_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${PhoneNumber_INCLUDE_DIR})
endif()
