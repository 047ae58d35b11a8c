using Vbs.Restores;

namespace Vbs.Catalog;

/// <summary>What became of a wish to reset a status.</summary>
/// <param name="Refusal">Why nothing has changed; null when the status is as it was asked for.</param>
/// <param name="Cancelled">The restore that the reset ended, now; null when it ended none.</param>
/// <param name="Last">The restore that had the volume last, for a volume that was reset; null when there was none.</param>
public sealed record ResetOutcome(Refusal? Refusal = null, Restore? Cancelled = null, RestoreId? Last = null);
