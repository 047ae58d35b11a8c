using Azure.Data.Tables;

namespace Vbs.Catalog.Rows;

/// <summary>Reads and writes the columns of a row.</summary>
internal static class RowValues
{
    /// <summary>Writes a column; null takes it away.</summary>
    public static void Set(this TableEntity row, string column, object? value)
    {
        if (value is null)
        {
            row.Remove(column);
        }
        else
        {
            row[column] = value;
        }
    }

    /// <summary>Reads a text that every row of its kind has.</summary>
    /// <exception cref="FormatException">The row has none: it was not written by this service.</exception>
    public static string Text(this TableEntity row, string column) => row.GetString(column) ?? throw Missing(row, column);

    /// <summary>Reads a number that every row of its kind has.</summary>
    /// <exception cref="FormatException">The row has none.</exception>
    public static int Number(this TableEntity row, string column) => row.GetInt32(column) ?? throw Missing(row, column);

    /// <summary>Reads a time that every row of its kind has.</summary>
    /// <exception cref="FormatException">The row has none.</exception>
    public static DateTimeOffset Time(this TableEntity row, string column) => row.GetDateTimeOffset(column) ?? throw Missing(row, column);

    /// <summary>Reads an id that a row may have.</summary>
    public static TId? Id<TId>(this TableEntity row, string column)
        where TId : struct, IParsable<TId> =>
        row.GetString(column) is { } text ? TId.Parse(text, null) : null;

    private static FormatException Missing(TableEntity row, string column) =>
        new($"Row {row.PartitionKey} {row.RowKey} has no {column}.");
}
