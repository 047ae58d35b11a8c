namespace Vbs.Catalog.Rows;

/// <summary>The table answered what this service never wrote to it: a row without what every row of its kind has, or no rows at all. A repeat does not help,
/// unless somebody else answered in the table's place.</summary>
/// <param name="message">What was read, for the log.</param>
/// <param name="inner">What reading it met; null when something was missing.</param>
public sealed class UnreadableRowException(string message, Exception? inner) : Exception(message, inner);
