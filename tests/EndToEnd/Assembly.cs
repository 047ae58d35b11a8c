using EndToEnd.Harness;
using Xunit.v3;

[assembly: CLSCompliant(false)]
[assembly: AssemblyFixture(typeof(Installation))]
// The tests wait for the service, so more of them than cores.
[assembly: Parallelization(MaxThreads = 8)]
