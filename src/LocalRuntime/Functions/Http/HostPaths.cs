using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace LocalRuntime.Functions.Http;

/// <summary>The paths that the Functions host keeps for itself, with their methods.</summary>
/// <remarks>
/// They are the routes of its controllers (src/WebJobs.Script.WebHost/Controllers in azure-functions-host: HostController, FunctionsController,
/// KeysController, ExtensionsController, ExtensionBundleController, InstanceController, KubernetesPodController) and the two roots of
/// VirtualFileSystemMiddleware, asked before the functions' (WebJobsApplicationBuilderExtension). MVC runs without endpoint routing
/// (WebHostServiceCollectionExtensions), so another path or another method below <c>/admin</c> or <c>/runtime</c> is no 404 or 405 of the host's:
/// it goes on to the functions. What wants a key is a 401 without a body; here nobody has one.
/// </remarks>
internal static class HostPaths
{
    private const int NoKey = StatusCodes.Status401Unauthorized;

    private static readonly PathString[] Files = ["/admin/vfs", "/admin/zip"];

    private static readonly (string Methods, TemplateMatcher Path, int Status)[] Known =
    [
        Of("GET", "admin/host/status", StatusCodes.Status200OK), // For the host's own probers; Core Tools ask for no key.
        Of("GET POST", "admin/host/ping", StatusCodes.Status200OK),
        Of("GET", "admin/instance/http-health", StatusCodes.Status200OK),
        Of("GET", "admin/host/processes"), Of("GET", "admin/host/config"), Of("GET", "admin/host/drain/status"),
        Of("POST", "admin/host/drain"), Of("POST", "admin/host/resume"), Of("POST", "admin/host/scale/status"), Of("POST", "admin/host/log"),
        Of("POST", "admin/host/debug"), Of("POST", "admin/host/synctriggers"), Of("POST", "admin/host/restart"), Of("PUT", "admin/host/state"),
        Of("GET POST PUT", "admin/host/extensions"), Of("DELETE", "admin/host/extensions/{id}"),
        Of("GET", "admin/host/extensions/jobs"), Of("GET", "admin/host/extensions/jobs/{id}"),
        Of("GET", "admin/host/extensionBundle/v1/templates"), Of("GET", "admin/host/extensionBundle/v1/bindings"),
        Of("GET", "admin/host/extensionBundle/v1/resources"), Of("GET", "admin/host/extensionBundle/v1/resources.{locale}"),
        Of("GET", "admin/host/keys"), Of("GET POST PUT DELETE", "admin/host/keys/{name}"),
        Of("GET", "admin/host/functionkeys"), Of("GET POST PUT DELETE", "admin/host/functionkeys/{name}"),
        Of("GET", "admin/host/systemkeys"), Of("GET POST PUT DELETE", "admin/host/systemkeys/{name}"),
        Of("GET", "admin/functions"), Of("GET PUT POST DELETE", "admin/functions/{name}"), Of("GET", "admin/functions/{name}/status"),
        Of("GET", "admin/functions/{name}/keys"), Of("GET POST PUT DELETE", "admin/functions/{name}/keys/{key}"),
        Of("POST", "admin/instance/assign"), Of("GET", "admin/instance/info"), Of("POST", "admin/pod/assign"),
        Of("GET PUT POST DELETE OPTIONS", "runtime/webhooks/{extensionName}/{*extra}"),
    ];

    /// <summary>The status with which the host answers a request itself; null when it leaves it to the functions.</summary>
    public static int? StatusOf(HttpRequest request) =>
        Files.Any(root => request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase)) ? NoKey
        : Known.FirstOrDefault(known => Matches(known.Methods, known.Path, request)) is { Path: not null } found ? found.Status
        : null;

    private static bool Matches(string methods, TemplateMatcher path, HttpRequest request) =>
        methods.Split(' ').Contains(request.Method, StringComparer.OrdinalIgnoreCase) && path.TryMatch(request.Path, []);

    private static (string Methods, TemplateMatcher Path, int Status) Of(string methods, string template, int status = NoKey) =>
        (methods, new TemplateMatcher(TemplateParser.Parse(template), []), status);
}
