namespace LocalRuntime.Durable.Replay;

/// <summary>A custom status that this execution has set; <see langword="null"/> where a status is expected: it has set none.</summary>
/// <param name="Json">The status; absent when it was cleared.</param>
internal sealed record CustomStatus(string? Json);
