using Vbs.Catalog.Listing;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Bodies;

namespace VbsFunctions.Http.Lists;

/// <summary>A list as it is asked for.</summary>
/// <param name="Request">What the catalog is asked.</param>
/// <param name="Parameters">The query as it came, for the link to the next page.</param>
internal sealed record ListQuery(ListRequest Request, QueryParameters Parameters)
{
    /// <summary>Reads the query string, or says with a 400 what is wrong with it: the first thing Cinder would name.</summary>
    /// <remarks><c>all_tenants</c> must be a boolean, and changes nothing: the list is of the caller's project, as for anyone but an administrator of
    /// Cinder's. Clients send it whenever they look for a name.</remarks>
    /// <param name="call">Gives project and version.</param>
    /// <param name="text">The query string.</param>
    /// <param name="rules">What may be asked.</param>
    public static (ListQuery? Query, Fault? Fault) Read(Call call, string? text, ListRules rules)
    {
        var query = new QueryParameters(text);
        var (limit, fault) = Paging.ReadLimit(query["limit"]);
        (var offset, fault) = fault is null ? Paging.ReadOffset(query["offset"]) : (0, fault);
        (var order, fault) = fault is null ? Sorting.Read(query, rules) : ([], fault);
        (var withTotal, fault) = fault is null ? Filtering.ReadWithCount(query, call.Version) : (false, fault);
        (var filters, fault) = fault is null ? Filtering.Read(query, rules, call.Version) : ([], fault);
        fault ??= query["all_tenants"] is { } all && BooleanText.Read(all) is null ? ListRules.Fault(rules.AllTenantsNoBoolean(all)) : null;
        return fault is null
            ? (new(new(call.ProjectId, limit, offset, query["marker"], order, filters, withTotal), query), null)
            : (null, fault);
    }
}
