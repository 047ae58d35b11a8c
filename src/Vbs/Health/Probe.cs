namespace Vbs.Health;

/// <summary>One question to something that the service cannot work without. Register one for each such thing.</summary>
/// <param name="Name">What is asked, for the log.</param>
/// <param name="AskAsync">Returns when it answers; throws, whatever it likes, when it does not. Gives up when the token says so.</param>
public sealed record Probe(string Name, Func<CancellationToken, Task> AskAsync);
