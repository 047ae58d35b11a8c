using System.Text.Json;

namespace Vbs.Benchmarks.Measuring;

/// <summary>What a benchmark has to say: printed at once, and kept for <c>--json</c>.</summary>
internal sealed class Report(string name, TextWriter output)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly List<Table> tables = [];
    private readonly List<string> notes = [];

    /// <summary>Prints a sentence: the machine, a setting, what was left out and why.</summary>
    public void Note(string sentence)
    {
        notes.Add(sentence);
        output.WriteLine(sentence);
    }

    /// <summary>Prints a line that is not kept: how far it is.</summary>
    public void Progress(string line) => output.WriteLine($"  … {line}");

    /// <summary>Prints a finished table.</summary>
    public void Show(Table table)
    {
        tables.Add(table);
        output.WriteLine();
        table.Print(output);
        output.WriteLine();
    }

    /// <summary>All of it: <c>{"benchmark", "machine", "notes": [], "tables": [{"title", "rows": [{column: value}]}]}</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            benchmark = name,
            machine = new { cores = Environment.ProcessorCount, runtime = Environment.Version.ToString() },
            notes,
            tables = tables.Select(table => new { title = table.Title, rows = table.ToRecords() }),
        },
        Indented);
}
