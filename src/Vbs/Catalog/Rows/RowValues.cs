using System.Text.Json;
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

    /// <summary>Reads a whole row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="read">Reads its columns.</param>
    /// <exception cref="UnreadableRowException">A column has no value of its kind: the row was not written by this service.</exception>
    public static T As<T>(this TableEntity row, Func<TableEntity, T> read)
    {
        try
        {
            return read(row);
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or InvalidOperationException or JsonException)
        {
            throw new UnreadableRowException($"Row {row.PartitionKey} {row.RowKey} cannot be read.", unreadable);
        }
    }

    /// <summary>Reads a text that every row of its kind has.</summary>
    /// <exception cref="UnreadableRowException">The row has none: it was not written by this service.</exception>
    public static string Text(this TableEntity row, string column) => row.GetString(column) ?? throw Missing(row, column);

    /// <summary>Reads a number that every row of its kind has.</summary>
    /// <exception cref="UnreadableRowException">The row has none.</exception>
    public static int Number(this TableEntity row, string column) => row.GetInt32(column) ?? throw Missing(row, column);

    /// <summary>Reads a time that every row of its kind has.</summary>
    /// <exception cref="UnreadableRowException">The row has none.</exception>
    public static DateTimeOffset Time(this TableEntity row, string column) => row.GetDateTimeOffset(column) ?? throw Missing(row, column);

    /// <summary>Reads an id that a row may have.</summary>
    public static TId? Id<TId>(this TableEntity row, string column)
        where TId : struct, IParsable<TId> =>
        row.GetString(column) is { } text ? TId.Parse(text, null) : null;

    private static UnreadableRowException Missing(TableEntity row, string column) =>
        new($"Row {row.PartitionKey} {row.RowKey} has no {column}.", inner: null);
}
