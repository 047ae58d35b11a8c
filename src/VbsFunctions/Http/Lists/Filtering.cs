using System.Text;
using Vbs.Catalog.Listing;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Http.Lists;

/// <summary>The filters of a list (cinder/api/common.py, process_general_filtering and reject_invalid_filters; api_utils.py, remove_invalid_filter_options).</summary>
/// <remarks>An administrator gets no more than anyone else: what Cinder then allows are columns that this service does not have.</remarks>
internal static class Filtering
{
    private const int RefusesUnknown = 31; // 3.31, RESOURCE_FILTER; and here the first with name~, as VBS documents it, not Cinder's 3.34
    private const int CountsRecords = 45;

    private static readonly string[] Others = ["limit", "offset", "marker", "sort", "sort_key", "sort_dir", "all_tenants"];

    /// <summary>What the records must satisfy. Unknown filters are dropped before 3.31, and from there on a 400.</summary>
    public static (IReadOnlyList<Filter> Filters, Fault? Fault) Read(QueryParameters query, ListRules rules, ApiVersion version)
    {
        var isStrict = version.IsV3From(RefusesUnknown);
        var names = query.Names.Where(name => !Others.Contains(name) && !(name == "with_count" && version.IsV3From(CountsRecords))).ToList();
        if (isStrict && names.Exists(name => !Ascii.IsValid(name)))
        {
            return ([], ListRules.Fault("Filter keys can only contain ASCII characters."));
        }

        var unknown = names.Where(name => !rules.Filters.Contains(isStrict ? Key(name) : name)).ToList();
        if (isStrict && unknown.Count > 0)
        {
            return ([], ListRules.Fault($"Invalid filters {string.Join(',', unknown)} are found in query options."));
        }

        return ([.. names.Except(unknown).Select(name => new Filter(Key(name), query[name]!, IsPart: name.EndsWith('~')))], null);
    }

    /// <summary>Whether the records are to be counted, which they can be from 3.45 on; or a 400.</summary>
    public static (bool WithTotal, Fault? Fault) ReadWithCount(QueryParameters query, ApiVersion version) =>
        version.IsV3From(CountsRecords) && query["with_count"] is { } text
            ? BooleanText.Read(text) is { } withTotal ? (withTotal, null) : (false, ListRules.Fault(ListRules.NoBoolean("with_count", text)))
            : (false, null);

    private static string Key(string name) => name.EndsWith('~') ? name[..^1] : name;
}
