using System.Globalization;

namespace Vbs.Benchmarks.Measuring;

/// <summary>A table of figures: numbers stay numbers for JSON, and are printed to the right.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<object?[]> rows = [];

    /// <summary>What the table is about.</summary>
    public string Title => title;

    /// <summary>Adds a row, a cell for each column; null is a cell that has no figure.</summary>
    public Table Add(params object?[] cells)
    {
        rows.Add(cells.Length == columns.Length
            ? cells
            : throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns.", nameof(cells)));
        return this;
    }

    /// <summary>Prints it as Markdown, aligned.</summary>
    public void Print(TextWriter output)
    {
        string[][] text = [columns, .. rows.Select(row => row.Select(Text).ToArray())];
        var widths = columns.Select((_, column) => text.Max(row => row[column].Length)).ToArray();
        output.WriteLine(title);
        for (var i = 0; i < text.Length; i++)
        {
            output.WriteLine($"| {string.Join(" | ", text[i].Select((cell, column) => Aligned(cell, column, widths[column])))} |");
            if (i == 0)
            {
                output.WriteLine($"|{string.Join("|", widths.Select((width, column) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":"))}|");
            }
        }
    }

    /// <summary>Its rows, each cell by its column's name.</summary>
    public IEnumerable<Dictionary<string, object?>> ToRecords() =>
        rows.Select(row => columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second));

    private static string Aligned(string cell, int column, int width) => column == 0 ? cell.PadRight(width) : cell.PadLeft(width);

    /// <summary>Three digits that mean something: a figure measured once has no more.</summary>
    private static string Text(object? cell) => cell switch
    {
        null => "",
        double number => number.ToString(Math.Abs(number) switch { >= 100 => "N0", >= 10 => "N1", _ => "N2" }, CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
