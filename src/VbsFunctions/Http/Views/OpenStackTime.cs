using System.Globalization;
using System.Text.Json;

namespace VbsFunctions.Http.Views;

/// <summary>The two ways in which the APIs write a moment. All are UTC.</summary>
internal static class OpenStackTime
{
    /// <summary>Cinder's form, <c>2013-06-27T08:48:03.000000</c>: the Go clients fail on a zone (layout <c>2006-01-02T15:04:05.999999</c>).</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        Write(json, name, time, "yyyy-MM-dd'T'HH:mm:ss.ffffff");

    /// <summary>The form of VBS jobs, <c>2016-01-28T16:14:09.466Z</c> (api-ref, querying_the_job_status).</summary>
    public static void WriteJobTime(this Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        Write(json, name, time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time, string format) =>
        json.WriteString(name, time?.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));
}
