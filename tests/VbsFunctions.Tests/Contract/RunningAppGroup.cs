namespace VbsFunctions.Tests.Contract;

/// <summary>The tests that share one running app: it starts once.</summary>
[CollectionDefinition(nameof(RunningAppGroup))]
public sealed class RunningAppGroup : ICollectionFixture<RunningApp>;
