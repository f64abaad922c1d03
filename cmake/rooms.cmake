# dongbo_room(NAME deps…): one static library of hub/NAME. The arrows between rooms are in hub/CMakeLists.txt and
# tests/conformance/arrows; a room sees only what it links.
function(dongbo_room name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/hub/${name}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  if(sources)
    add_library(dongbo_${name} STATIC ${sources})
    target_link_libraries(dongbo_${name} PUBLIC ${ARGN})
  else()
    add_library(dongbo_${name} INTERFACE)
    target_link_libraries(dongbo_${name} INTERFACE ${ARGN})
  endif()
endfunction()
