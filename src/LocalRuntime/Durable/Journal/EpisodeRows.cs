using System.Globalization;
using System.Runtime.InteropServices;
using Azure.Data.Tables;
using LocalRuntime.Durable.History;

namespace LocalRuntime.Durable.Journal;

/// <summary>The rows of an <see cref="Episode"/>: one, or more when it is large.</summary>
internal static class EpisodeRows
{
    /// <summary>Bytes of history in a row: with its names it stays under 1 MiB, and in base64 a little over it.</summary>
    public const int MaxBytes = 12 * 64_000;

    private const string Column = "Steps";

    /// <summary>The rows, in order.</summary>
    public static IReadOnlyList<TableEntity> Of(string instanceId, int execution, int number, Episode episode)
    {
        var json = episode.ToJson();
        var rows = new List<TableEntity>();
        for (var offset = 0; offset < json.Length; offset += MaxBytes)
        {
            var row = new TableEntity(instanceId, string.Create(
                CultureInfo.InvariantCulture, $"{Prefix(execution)}{number:d8}|{rows.Count:d4}"));
            Payload.Write(row, Column, json[offset..Math.Min(offset + MaxBytes, json.Length)]);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Whether a row is on record: of this execution, and within the steps that the state counts.</summary>
    public static bool IsValid(TableEntity row, InstanceState state) =>
        row.RowKey.StartsWith(Prefix(state.Execution), StringComparison.Ordinal) && Number(row) < state.Episodes;

    /// <summary>The steps of valid rows that are in order.</summary>
    public static List<Episode> Read(IEnumerable<TableEntity> rows)
    {
        var episodes = new List<Episode>();
        foreach (var parts in rows.GroupBy(Number))
        {
            var json = parts.SelectMany(row => Payload.Read(row, Column)!).ToList();
            episodes.Add(Episode.FromJson(CollectionsMarshal.AsSpan(json)));
        }

        return episodes;
    }

    private static string Prefix(int execution) => string.Create(CultureInfo.InvariantCulture, $"history|{execution:d8}|");

    private static int Number(TableEntity row) => int.Parse(row.RowKey.Split('|')[2], CultureInfo.InvariantCulture);
}
