// Fontconfig keeps a few patterns of each font until the process ends, where nothing of ours can reach them: no leak of the
// report.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}
