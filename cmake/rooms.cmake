# For code that nobody waits for but its compiler, which needs a fifth to a third less time than for -O3: tests, and the command
# line, whose every file holds CLI11.
set(DONGBO_QUICK_TO_BUILD $<$<NOT:$<CONFIG:Debug>>:-O1>)

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
