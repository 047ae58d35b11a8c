using Vbs.Catalog.Listing;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Lists;

/// <summary>The order of a list (cinder/api/common.py, get_sort_params; cinder/db/sqlalchemy/api.py, process_sort_params).</summary>
internal static class Sorting
{
    private const string Descending = "desc";

    /// <summary>Reads <c>sort=key:dir,…</c>, or <c>sort_key</c> and <c>sort_dir</c>; by default what is newest comes first. Creation and id are
    /// appended, in the direction of the first key, so that no two records are equal. Or a 400.</summary>
    public static (IReadOnlyList<SortKey> Order, Fault? Fault) Read(QueryParameters query, ListRules rules)
    {
        if (query["sort"] is not null && (query["sort_key"] ?? query["sort_dir"]) is not null)
        {
            return ([], ListRules.Fault("The 'sort_key' and 'sort_dir' parameters are deprecated and cannot be used with the 'sort' parameter."));
        }

        var asked = query["sort"] is { } sort
            ? sort.Trim().Split(',').Select(Split).ToList()
            : [((query["sort_key"] ?? "created_at").Trim(), (query["sort_dir"] ?? Descending).Trim())];
        if (asked.Exists(key => key.Direction is not ("asc" or Descending)))
        {
            return ([], ListRules.Fault("Invalid input received: Unknown sort direction, must be 'desc' or 'asc'."));
        }

        if (asked.Exists(key => !rules.SortKeys.Contains(key.Key)))
        {
            return ([], ListRules.Fault("Invalid input received: Invalid sort key"));
        }

        string[] tieBreakers = ["created_at", "id"];
        var order = asked.Select(key => new SortKey(key.Key, key.Direction == Descending)).ToList();
        order.AddRange(tieBreakers.Where(key => !order.Exists(other => other.Key == key)).Select(key => new SortKey(key, order[0].IsDescending)).ToList());
        return (order, null);
    }

    private static (string Key, string Direction) Split(string text) =>
        text.Split(':', 2) is [var key, { Length: > 0 } direction] ? (key.Trim(), direction.Trim()) : (text.TrimEnd(':').Trim(), Descending);
}
