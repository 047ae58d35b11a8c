using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Vbs.Configuration;

/// <summary>Takes a success only from the storage service itself: a proxy that answers everything with 200 and a page of its own would otherwise be
/// a blob that exists. Every answer of the service has <c>x-ms-request-id</c> (learn.microsoft.com/rest/api/storageservices/common-rest-api-response-headers).</summary>
internal sealed class OnlyStorage : HttpPipelineSynchronousPolicy
{
    /// <exception cref="RequestFailedException">The answer is somebody else's; its status is kept, and it is not tried again.</exception>
    public override void OnReceivedResponse(HttpMessage message)
    {
        if (!message.Response.IsError && !message.Response.Headers.Contains("x-ms-request-id"))
        {
            throw new RequestFailedException(message.Response);
        }
    }
}
