using System.Reflection;
using System.Text.Json;
using LocalRuntime.Durable;
using LocalRuntime.Functions.Discovery;
using LocalRuntime.Functions.Invocation;
using LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LocalRuntime.Functions.Durable;

/// <summary>Functions as activities of the engine.</summary>
/// <remarks>The trigger's parameter gets the input (ActivityInputConverter in azure-functions-durable-extension), a string named
/// <c>instanceId</c> the orchestration's id (ActivityTriggerAttributeBindingProvider there).</remarks>
internal static class ActivityFunctions
{
    private const string InstanceId = "instanceId";

    /// <summary>Checks a function with an <see cref="ActivityTriggerAttribute"/> and binds it.</summary>
    /// <param name="function">The function.</param>
    /// <param name="invoker">Runs it.</param>
    /// <param name="converter">Reads its input and writes its result.</param>
    /// <param name="input">Fills parameters with an input binding; null for those without.</param>
    /// <exception cref="StartException">It asks for what an activity cannot have.</exception>
    public static ActivityDefinition Define(
        Function function, FunctionInvoker invoker, DataConverter converter, Func<ParameterInfo, Func<FunctionInvocation, object?>?> input)
    {
        var method = new FunctionMethod(function, parameter =>
            parameter == function.TriggerParameter
                ? OfInput(parameter, converter)
                : Argument.OfInvocation(parameter) ?? input(parameter) ?? OfInstanceId(function, parameter));
        var name = ((ActivityTriggerAttribute)function.Trigger).Activity ?? function.Name;
        return new ActivityDefinition(name, async (call, cancellationToken) =>
        {
            var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { [InstanceId] = call.InstanceId };
            return converter.Serialize(await invoker.InvokeAsync(method, call.InputJson, data, prepare: null, cancellationToken));
        });
    }

    private static Func<FunctionInvocation, object?> OfInput(ParameterInfo parameter, DataConverter converter)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return invocation => invocation;
        }

        return invocation =>
        {
            try
            {
                return converter.Deserialize((string?)invocation.Input, parameter.ParameterType);
            }
            catch (JsonException invalid)
            {
                throw new InputConversionException($"Cannot convert the input to parameter '{parameter.Name}' of type {parameter.ParameterType.Name}.", invalid);
            }
        };
    }

    private static Func<FunctionInvocation, object?> OfInstanceId(Function function, ParameterInfo parameter) =>
        parameter.Name == InstanceId && parameter.ParameterType == typeof(string)
            ? DataArgument.Of(parameter)
            : throw Argument.Unknown(function, parameter);
}
