using System.Reflection;
using LocalRuntime.Functions.Discovery;
using LocalRuntime.Functions.Invocation;
using LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace LocalRuntime.Functions.Timers;

/// <summary>A function started by the clock.</summary>
internal sealed record TimerFunction(FunctionMethod Method, TimerSchedule Schedule, bool RunOnStartup, bool UseMonitor)
{
    /// <summary>Checks a function and binds its parameters.</summary>
    /// <param name="function">A function with a <see cref="TimerTriggerAttribute"/>.</param>
    /// <param name="setting">Finds a setting named in its schedule.</param>
    /// <param name="input">Fills parameters with an input binding; null for those without.</param>
    /// <exception cref="StartException">It asks for what is not here.</exception>
    public static TimerFunction Create(Function function, Func<string, string?> setting, Func<ParameterInfo, Func<FunctionInvocation, object?>?> input)
    {
        Argument.RequireTriggerType(function, typeof(TimerInfo));
        var trigger = (TimerTriggerAttribute)function.Trigger;
        var method = new FunctionMethod(function, parameter =>
            parameter == function.TriggerParameter
                ? Argument.Input
                : Argument.OfInvocation(parameter) ?? input(parameter) ?? throw Argument.Unknown(function, parameter));
        return new TimerFunction(method, TimerSchedule.Parse(function.Name, trigger.Schedule, setting), trigger.RunOnStartup, trigger.UseMonitor);
    }
}
