// The smallest program worth starting: it does nothing and says so by its exit status (kernels::kChildStatus).
int main() { return 7; }
