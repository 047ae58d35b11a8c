namespace RealClients.Harness;

/// <summary>Reads what python-cinderclient prints: rows between bars.</summary>
internal static class PrettyTable
{
    /// <summary>The cells of the rows, without the heading.</summary>
    public static IReadOnlyList<string[]> Read(string text) =>
        [.. text.Split('\n')
            .Where(line => line.StartsWith('|'))
            .Skip(1)
            .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
}
