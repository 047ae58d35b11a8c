using Testing;

[assembly: CLSCompliant(false)]
[assembly: AssemblyFixture(typeof(AzuriteFixture))]
