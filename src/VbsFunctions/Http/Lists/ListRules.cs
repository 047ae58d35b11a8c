using Microsoft.AspNetCore.Http;
using Vbs.Catalog.Listing;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Lists;

/// <summary>What a list may be asked for.</summary>
/// <param name="Collection">Its name in paths and bodies.</param>
/// <param name="Filters">What it can be filtered by: the default of cinder's <c>etc/cinder/resource_filters.json</c>, which an operator
/// may shorten, without what is not known of a record here.</param>
/// <param name="SortKeys">What it can be ordered by.</param>
/// <param name="AllTenantsNoBoolean">Cinder's sentence about an <c>all_tenants</c> that is no boolean.</param>
internal sealed record ListRules(
    string Collection, IReadOnlyList<string> Filters, IEnumerable<string> SortKeys, Func<string, string> AllTenantsNoBoolean)
{
    /// <summary>Of backups.</summary>
    public static ListRules OfBackups { get; } = new(
        "backups",
        ["name", "status", "volume_id"],
        ListColumns.OfBackups.Keys,
        value => $"all_tenants must be a boolean, got '{value}'."); // cinder/backup/api.py, get_all

    /// <summary>Of volumes. Cinder's <c>metadata</c>, <c>bootable</c>, <c>migration_status</c>, <c>group_id</c>, <c>created_at</c>,
    /// <c>updated_at</c> and <c>consumes_quota</c> are not offered.</summary>
    public static ListRules OfVolumes { get; } = new(
        "volumes",
        ["name", "status", "availability_zone", "size"],
        ListColumns.OfVolumes.Keys,
        value => NoBoolean("all_tenants", value)); // cinder/volume/api.py, get_all

    /// <summary>Cinder's sentence about a parameter that is no boolean (cinder/utils.py, get_bool_param).</summary>
    public static string NoBoolean(string name, string value) => $"Value '{value}' for '{name}' is not a boolean.";

    /// <summary>A 400 with a sentence of Cinder's.</summary>
    public static Fault Fault(string message) => new(StatusCodes.Status400BadRequest, message);
}
