using System.Net;
using Microsoft.Extensions.Options;
using Vbs.Identity.Keystone.Wire;

namespace Vbs.Identity.Keystone;

/// <summary>Whether Keystone is there, for a health check. It needs no token and proves none.</summary>
/// <param name="options">Say whether there is a Keystone at all.</param>
/// <param name="keystone">Made when there is.</param>
internal sealed class KeystoneProbe(IOptions<KeystoneOptions> options, Func<KeystoneClient> keystone)
{
    /// <summary>Asks for the version document, one request; without a Keystone there is nothing to ask, and all is well.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or not as a Keystone does.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Uri is null)
        {
            return;
        }

        var reply = await keystone().ShowVersionAsync(cancellationToken);
        if (reply is not { Failure: null, Status: HttpStatusCode.OK })
        {
            throw new HttpRequestException($"Keystone does not answer: {(reply.Failure is null ? $"it answered {(int)reply.Status}" : reply.Problem)}.");
        }
    }
}
