using System.Reflection;
using LocalRuntime.Functions.Discovery;
using LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Invocation;

/// <summary>The ways to fill a parameter that every trigger has.</summary>
internal static class Argument
{
    /// <summary>Of a parameter that gets the invocation or its token.</summary>
    /// <returns>Null for any other parameter.</returns>
    public static Func<FunctionInvocation, object?>? OfInvocation(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return invocation => invocation;
        }

        return parameter.ParameterType == typeof(CancellationToken) ? invocation => invocation.CancellationToken : null;
    }

    /// <summary>Of the trigger's own parameter, when it gets what the trigger brought as it is.</summary>
    public static object? Input(FunctionInvocation invocation) => invocation.Input;

    /// <summary>Refuses a function whose trigger's parameter has another type than the one that LocalRuntime supplies.</summary>
    /// <exception cref="StartException">It has.</exception>
    public static void RequireTriggerType(Function function, Type type)
    {
        if (function.TriggerParameter.ParameterType != type)
        {
            throw new StartException(
                $"Function {function.Name}: {function.Trigger.GetType().Name} is on a {function.TriggerParameter.ParameterType.Name}; here it must be on a {type.Name}.");
        }
    }

    /// <summary>Of a parameter that nothing fills.</summary>
    /// <exception cref="StartException">Always.</exception>
    public static StartException Unknown(Function function, ParameterInfo parameter) =>
        new($"Function {function.Name}: nothing supplies its parameter '{parameter.Name}' of type {parameter.ParameterType.Name}.");
}
