using Azure.Core;
using Azure.Core.Pipeline;

namespace Vbs.Configuration;

/// <summary>Tells of every storage request that is tried again, with the status of the try before; null when that had no answer.</summary>
internal sealed class RetryCounter(Action<int?> retried) : HttpPipelineSynchronousPolicy
{
    /// <summary>Runs before each try; the transport clears the answer of the one before only after this.</summary>
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.ProcessingContext.RetryNumber > 0)
        {
            retried(message.HasResponse ? message.Response.Status : null);
        }
    }
}
