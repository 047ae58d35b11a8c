using Vbs.Restores;

namespace VbsTool.Import;

/// <summary>The order in which backups are imported, so that a restore never meets an increment without its base.</summary>
internal static class ChainOrder
{
    /// <summary>Parents before their increments, otherwise as given. A parent outside the records is no matter here.</summary>
    /// <param name="records">No two with one id.</param>
    /// <exception cref="ToolException">Backups build on one another in a circle.</exception>
    public static IReadOnlyList<Backup> ParentsFirst(IReadOnlyList<Backup> records)
    {
        var waiting = records.ToDictionary(record => record.Id);
        var ordered = new List<Backup>(records.Count);
        var chain = new Stack<Backup>();
        foreach (var record in records)
        {
            // Up to the oldest that waits, then down again.
            for (BackupId? next = record.Id; next is { } id && waiting.Remove(id, out var found); next = found.ParentId)
            {
                chain.Push(found);
            }

            RefuseCircle(chain);
            while (chain.TryPop(out var oldest))
            {
                ordered.Add(oldest);
            }
        }

        return ordered;
    }

    private static void RefuseCircle(Stack<Backup> chain)
    {
        if (chain.TryPeek(out var oldest) && chain.Any(backup => backup.Id == oldest.ParentId))
        {
            throw new ToolException($"Backup {oldest.Id} builds on itself.");
        }
    }
}
