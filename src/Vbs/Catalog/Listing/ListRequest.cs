using Vbs.Restores;

namespace Vbs.Catalog.Listing;

/// <summary>Which of a project's records, in which order.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="Limit">How many at most, 0 to 1,000.</param>
/// <param name="Offset">How many to pass over, after the marker if there is one.</param>
/// <param name="Marker">Id of the record after which the page begins; null for the beginning. It need not pass the filters.</param>
/// <param name="Order">Sort keys, first before last; complete: no two records are equal by all of them.</param>
/// <param name="Filters">What a record must satisfy; all of them.</param>
/// <param name="WithTotal">Whether to count what passes the filters, on whatever page it is.</param>
public sealed record ListRequest(
    ProjectId ProjectId, int Limit, int Offset, string? Marker, IReadOnlyList<SortKey> Order, IReadOnlyList<Filter> Filters, bool WithTotal)
{
    /// <summary>Newest first, Cinder's default: the order in which a page's cost does not depend on how many records there are.</summary>
    public static IReadOnlyList<SortKey> NewestFirst { get; } = [new("created_at", IsDescending: true), new("id", IsDescending: true)];
}

/// <summary>One key of the order.</summary>
/// <param name="Key">One of the list's columns.</param>
/// <param name="IsDescending">Whether the greatest comes first. What a record does not have is less than anything it has.</param>
public readonly record struct SortKey(string Key, bool IsDescending);

/// <summary>A condition.</summary>
/// <param name="Key">One of the list's columns.</param>
/// <param name="Value">What the column must be, to the letter.</param>
/// <param name="IsPart">Whether it is enough that the column contains it, in any case of letters.</param>
public readonly record struct Filter(string Key, string Value, bool IsPart);
