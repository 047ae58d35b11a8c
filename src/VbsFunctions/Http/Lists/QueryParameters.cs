using Microsoft.AspNetCore.WebUtilities;

namespace VbsFunctions.Http.Lists;

/// <summary>The parameters of a query string, decoded and in their order; names are told apart by case, as Cinder does.</summary>
internal sealed class QueryParameters
{
    private readonly List<KeyValuePair<string, string>> all = [];

    /// <summary>Reads a query string.</summary>
    /// <param name="query">With its question mark; may be null or empty.</param>
    public QueryParameters(string? query)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            all.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }
    }

    /// <summary>The names, each once.</summary>
    public IEnumerable<string> Names => all.Select(pair => pair.Key).Distinct(StringComparer.Ordinal);

    /// <summary>The first value of a name; null when it is not there.</summary>
    public string? this[string name] => all.Find(pair => pair.Key == name).Value;

    /// <summary>The same query with another value of one parameter, at the end, as <c>urllib.parse.urlencode</c> writes it; without a question mark.</summary>
    public string With(string name, string value) => string.Join('&', all
        .Where(pair => pair.Key != name)
        .Append(new(name, value))
        .Select(pair => $"{Encode(pair.Key)}={Encode(pair.Value)}"));

    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
