using LocalRuntime.Durable;
using Microsoft.DurableTask;

namespace LocalRuntime.Tests.Durable;

/// <summary>Definitions from local functions, serialized as the worker does it.</summary>
internal static class Define
{
    private static readonly DataConverter Converter = new DurableOptions().Converter;

    public static OrchestratorDefinition Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> code) =>
        new(name, async context => Converter.Serialize(await code(context)));

    public static ActivityDefinition Activity<TInput, TOutput>(string name, Func<TInput, Task<TOutput>> code) =>
        new(name, async (call, _) => Converter.Serialize(await code(Converter.Deserialize<TInput>(call.InputJson)!)));

    public static ActivityDefinition Activity<TInput, TOutput>(string name, Func<TInput, TOutput> code) =>
        Activity<TInput, TOutput>(name, input => Task.FromResult(code(input)));
}
