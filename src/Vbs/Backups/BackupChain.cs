using Vbs.Restores;

namespace Vbs.Backups;

/// <summary>Follows the parents of an increment.</summary>
internal static class BackupChain
{
    /// <summary>Nearly three years of one increment a day. Cinder has no bound; each backup costs three requests and more.</summary>
    public const int MaxDepth = 1_000;

    /// <summary>Collects the chain from the newest backup to the full one.</summary>
    /// <exception cref="RestoreFaultException">VolumeBackup.0111: a parent is missing. VolumeBackup.0200: the chain has a loop,
    /// is longer than <see cref="MaxDepth"/>, or the names of a backup's objects lead out of its container.</exception>
    public static async Task<IReadOnlyList<Backup>> ReadAsync(Backup newest, FindBackup find, CancellationToken cancellationToken)
    {
        var chain = new List<Backup>();
        var seen = new HashSet<BackupId>();
        for (var next = newest; ;)
        {
            if (!seen.Add(next.Id))
            {
                throw Damage.Data(newest.Id, $"its chain of parents comes back to {next.Id}.");
            }

            if (chain.Count == MaxDepth)
            {
                throw Damage.Data(newest.Id, $"its chain of parents is longer than {MaxDepth}.");
            }

            if (!ObjectNames.AreSafe(next.Container, next.ObjectPrefix))
            {
                throw Damage.Data(next.Id, "its record has a container or an object prefix that is not a path of printable ASCII.");
            }

            chain.Add(next);
            if (next.ParentId is not { } parent)
            {
                return chain;
            }

            next = await find(parent, cancellationToken)
                ?? throw Damage.Missing(next.Id, $"its parent {parent} does not exist.");
        }
    }
}
