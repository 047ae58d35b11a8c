using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using VbsFunctions.Http.Answers;

namespace VbsFunctions.Http.Negotiation;

/// <summary>Cinder's microversion on <c>/v3</c>: <c>OpenStack-API-Version: volume 3.70</c> (cinder/api/openstack/wsgi.py, set_api_version_request).</summary>
internal static partial class Microversion
{
    /// <summary>The header, asked and answered.</summary>
    public const string Header = "OpenStack-API-Version";

    /// <summary>The minor version of the latest: 3.71, Cinder master at ab09bc39.</summary>
    public const int Latest = 71;

    /// <summary>The minor version that is asked for, 0 without a header. Or a fault: 400 when it cannot be read, 406 when it is not 3.0 to 3.71.</summary>
    public static (int Minor, Fault? Fault) Read(StringValues header)
    {
        if (StringValues.IsNullOrEmpty(header))
        {
            return (0, null);
        }

        var ours = header.ToString().Split(',').FirstOrDefault(entry => entry.Contains("volume", StringComparison.Ordinal));
        var words = ours?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words switch
        {
            [] => (0, new Fault(StatusCodes.Status400BadRequest, "API version None is not supported on this method.")),
            [_, "latest"] => (Latest, null),
            [_, var version] => ReadVersion(version),
            _ => (0, Malformed(string.Join(' ', words.Skip(1)))),
        };
    }

    private static (int Minor, Fault? Fault) ReadVersion(string version)
    {
        var match = Form.Match(version);
        if (!match.Success)
        {
            return (0, Malformed(version));
        }

        return match.Groups[1].Value == "3"
            && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            && minor <= Latest
            ? (minor, null)
            : (0, new Fault(
                StatusCodes.Status406NotAcceptable,
                $"Version {version} is not supported by the API. Minimum is 3.0 and maximum is 3.{Latest}."));
    }

    private static Fault Malformed(string version) => new(
        StatusCodes.Status400BadRequest, $"API Version String {version} is of invalid format. Must be of format MajorNum.MinorNum.");

    [GeneratedRegex(@"\A([1-9][0-9]*)\.([1-9][0-9]*|0)\z")]
    private static partial Regex Form { get; }
}
