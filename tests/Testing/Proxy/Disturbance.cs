using Microsoft.AspNetCore.Http;

namespace Testing.Proxy;

/// <summary>What becomes of a request on its way to a service.</summary>
/// <param name="http">The request, and the answer to write.</param>
/// <param name="forward">Sends the request on and writes the service's answer.</param>
public delegate Task Disturbance(HttpContext http, Func<Task> forward);
