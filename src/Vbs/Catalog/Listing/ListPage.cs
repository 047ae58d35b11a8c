namespace Vbs.Catalog.Listing;

/// <summary>A page of a list.</summary>
/// <param name="Items">The records, in order.</param>
/// <param name="Total">How many records pass the filters; null when nobody asked.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, int? Total);
