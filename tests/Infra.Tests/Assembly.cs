using Infra;

[assembly: CLSCompliant(false)]
[assembly: AssemblyFixture(typeof(Templates))]
