using RealClients.Harness;
using Xunit.Sdk;
using Xunit.v3;

[assembly: CLSCompliant(false)]
[assembly: AssemblyFixture(typeof(Cloud))]
// They share one Keystone, which one of them stops, and each client is a Python program of seconds.
[assembly: Parallelization(Mode = ParallelMode.None)]
