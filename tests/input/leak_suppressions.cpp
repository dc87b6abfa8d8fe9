// For builds with AddressSanitizer only: nobody calls this elsewhere.
// When bgzip data are damaged, the threads of HTSlib 1.16 lose the 32 bytes of a job or two. Its symbols are stripped,
// so the whole library must be named; that we close what we open is tested by counting descriptors.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libhts.so"; }
