using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace LocalRuntime.Tests.Durable;

/// <summary>Counts the requests to the storage, and after a number of writes lets nothing through any more, as if the process were dead.</summary>
internal sealed class StoragePolicy(int lastWrite = int.MaxValue) : HttpPipelinePolicy
{
    private readonly TaskCompletionSource dead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int requests;
    private int writes;

    public int Requests => Volatile.Read(ref requests);

    /// <summary>Completes when a request has been kept from the storage.</summary>
    public Task Dead => dead.Task;

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message);
        return ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message);
        ProcessNext(message, pipeline);
    }

    private void Check(HttpMessage message)
    {
        Interlocked.Increment(ref requests);
        var isWrite = message.Request.Method != RequestMethod.Get;
        if ((isWrite && Interlocked.Increment(ref writes) > lastWrite) || dead.Task.IsCompleted)
        {
            dead.TrySetResult();
            throw new RequestFailedException("The process is dead.");
        }
    }
}
