using System.Text.Json;
using Vbs.Catalog.Listing;
using VbsFunctions.Http.Answers;
using VbsFunctions.Http.Lists;

namespace VbsFunctions.Http.Views;

/// <summary><c>{"backups":[…],"backups_links":[…],"count":…}</c>, and the same for volumes (cinder/api/views/backups.py, _list_view).</summary>
/// <param name="Call">Gives base URL, version and project.</param>
/// <param name="Rules">Gives the name of the collection.</param>
/// <param name="Query">What was asked.</param>
/// <param name="IsDetailed">Whether records are shown with all that is known of them; without it id, name and links.</param>
internal sealed record ListView(Call Call, ListRules Rules, ListQuery Query, bool IsDetailed)
{
    /// <summary>200 with a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="nameOf">Id and name of a record.</param>
    /// <param name="writeEntry">Writes a record with all that is known of it.</param>
    public Answer Of<T>(ListPage<T> page, Func<T, (string Id, string? Name)> nameOf, Action<Utf8JsonWriter, T> writeEntry) => new(200, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray(Rules.Collection);
        foreach (var item in page.Items)
        {
            if (IsDetailed)
            {
                writeEntry(json, item);
            }
            else
            {
                WriteSummary(json, nameOf(item));
            }
        }

        json.WriteEndArray();
        if (HasNext(page))
        {
            WriteNext(json, nameOf(page.Items[^1]).Id);
        }

        if (page.Total is { } total)
        {
            json.WriteNumber("count", total);
        }

        json.WriteEndObject();
    });

    // cinder/api/common.py, _get_collection_links: a full page has a next, which may be empty; and with a count, every page of a list that fills one has.
    private bool HasNext<T>(ListPage<T> page) =>
        page.Items.Count > 0 && Query.Request.Limit <= (page.Total is > 0 and var total ? total : page.Items.Count);

    private void WriteSummary(Utf8JsonWriter json, (string Id, string? Name) record)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id);
        json.WriteString("name", record.Name);
        json.WriteLinks(Call, Rules.Collection, record.Id);
        json.WriteEndObject();
    }

    private void WriteNext(Utf8JsonWriter json, string marker)
    {
        var path = $"v{Call.Version.Major}/{Call.ProjectId}/{Rules.Collection}{(IsDetailed ? "/detail" : "")}";
        json.WriteStartArray($"{Rules.Collection}_links");
        json.WriteStartObject();
        json.WriteString("rel", "next");
        json.WriteString("href", $"{Call.BaseUrl}/{path}?{Query.Parameters.With("marker", marker)}");
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
