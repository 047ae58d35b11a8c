using System.Reflection;
using LocalRuntime.Durable;
using LocalRuntime.Functions.Discovery;
using LocalRuntime.Functions.Invocation;
using LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Durable;

/// <summary>Functions as orchestrators of the engine.</summary>
/// <remarks>An input parameter is the first one that nothing else supplies (OrchestrationInputConverter in azure-functions-durable-extension).</remarks>
internal static class OrchestratorFunctions
{
    private static readonly MethodInfo GetInput = typeof(TaskOrchestrationContext).GetMethod(nameof(TaskOrchestrationContext.GetInput))!;
    private static readonly Dictionary<string, object?> NoData = [];

    /// <summary>Checks a function with an <see cref="OrchestrationTriggerAttribute"/> and binds it.</summary>
    /// <exception cref="StartException">It asks for what an orchestrator cannot have.</exception>
    public static OrchestratorDefinition Define(Function function, FunctionInvoker invoker, DataConverter converter)
    {
        Argument.RequireTriggerType(function, typeof(TaskOrchestrationContext));
        var input = function.Parameters.Where(parameter => parameter != function.TriggerParameter && Argument.OfInvocation(parameter) is null).ToList();
        if (input.Count > 1 || input.Any(parameter => parameter.IsDefined(typeof(DurableClientAttribute))))
        {
            throw Argument.Unknown(function, input[^1]);
        }

        var method = new FunctionMethod(function, parameter =>
            parameter == function.TriggerParameter ? Argument.Input : Argument.OfInvocation(parameter) ?? OfInput(parameter));
        var name = ((OrchestrationTriggerAttribute)function.Trigger).Orchestration ?? function.Name;
        return new OrchestratorDefinition(name, async context =>
            converter.Serialize(await invoker.ReplayAsync(method, context, NoData)));
    }

    private static Func<FunctionInvocation, object?> OfInput(ParameterInfo parameter)
    {
        var method = MethodInvoker.Create(GetInput.MakeGenericMethod(parameter.ParameterType));
        return invocation => method.Invoke(invocation.Input);
    }
}
