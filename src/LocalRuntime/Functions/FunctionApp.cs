using System.Reflection;
using LocalRuntime.Durable;
using LocalRuntime.Functions.Discovery;
using LocalRuntime.Functions.Durable;
using LocalRuntime.Functions.Http;
using LocalRuntime.Functions.Invocation;
using LocalRuntime.Functions.Timers;
using LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Functions;

/// <summary>The functions of an app, checked and bound, by trigger.</summary>
internal sealed class FunctionApp
{
    private readonly string? hubName;
    private readonly List<HttpFunction> http = [];
    private readonly List<TimerFunction> timers = [];
    private readonly List<OrchestratorDefinition> orchestrators = [];
    private readonly List<ActivityDefinition> activities = [];
    private bool usesClient;
    private DurableTaskClient? client;

    /// <summary>Checks and binds functions.</summary>
    /// <param name="functions">In the order of their names.</param>
    /// <param name="invoker">Runs them.</param>
    /// <param name="json">The app's host.json.</param>
    /// <param name="durable">The engine's options.</param>
    /// <param name="setting">Finds a setting.</param>
    /// <exception cref="StartException">One breaks a rule or asks for what is not here.</exception>
    public FunctionApp(
        IReadOnlyList<Function> functions, FunctionInvoker invoker, HostJson json, DurableOptions durable, Func<string, string?> setting)
    {
        hubName = durable.HubName;
        foreach (var function in functions)
        {
            switch (function.Trigger)
            {
                case HttpTriggerAttribute:
                    http.Add(HttpFunction.Create(function, json.RoutePrefix, OfDurableClient));
                    break;
                case TimerTriggerAttribute:
                    timers.Add(TimerFunction.Create(function, setting, OfDurableClient));
                    break;
                case OrchestrationTriggerAttribute:
                    orchestrators.Add(OrchestratorFunctions.Define(function, invoker, durable.Converter));
                    break;
                case ActivityTriggerAttribute:
                    activities.Add(ActivityFunctions.Define(function, invoker, durable.Converter, OfDurableClient));
                    break;
                default:
                    throw new StartException($"Function {function.Name}: there is no {function.Trigger.GetType().Name} here.");
            }
        }
    }

    /// <summary>Those started by HTTP, in the order of their names.</summary>
    public IReadOnlyList<HttpFunction> Http => http;

    /// <summary>Those started by the clock.</summary>
    public IReadOnlyList<TimerFunction> Timers => timers;

    /// <summary>The orchestrators.</summary>
    public IReadOnlyList<OrchestratorDefinition> Orchestrators => orchestrators;

    /// <summary>The activities.</summary>
    public IReadOnlyList<ActivityDefinition> Activities => activities;

    /// <summary>Whether any function is or uses an orchestration, so that the engine must run.</summary>
    public bool IsDurable => usesClient || orchestrators.Count + activities.Count > 0;

    /// <summary>Supplies what parameters with <see cref="DurableClientAttribute"/> get from now on.</summary>
    public void Connect(DurableTaskClient durableClient) => client = durableClient;

    private Func<FunctionInvocation, object?>? OfDurableClient(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<DurableClientAttribute>() is not { } attribute)
        {
            return null;
        }

        if (parameter.ParameterType != typeof(DurableTaskClient))
        {
            throw new StartException($"Parameter '{parameter.Name}' of {parameter.Member.Name} has [DurableClient] and is no DurableTaskClient.");
        }

        if (attribute.ConnectionName is not null || (attribute.TaskHub is not null && attribute.TaskHub != hubName))
        {
            throw new StartException($"Parameter '{parameter.Name}' of {parameter.Member.Name} names another task hub or connection; there is one here.");
        }

        usesClient = true;
        return _ => client;
    }
}
