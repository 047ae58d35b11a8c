using Vbs.Restores;

namespace Vbs.Benchmarks.Serving;

/// <summary>A backup and the disk to restore it to.</summary>
/// <param name="Project">Whose they are; see <see cref="ProjectTokens"/>.</param>
/// <param name="Backup">The backup.</param>
/// <param name="Volume">The disk.</param>
internal sealed record Pair(int Project, Backup Backup, Volume Volume);
