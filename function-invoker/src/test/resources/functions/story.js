let running = 0;
let most = 0;

module.exports = async function (context, payload) {
  console.log('called for', payload.id || payload.do);
  console.error('nothing is wrong yet');
  switch (payload.do) {
    case 'input':
      throw new TypeError('no order in it');
    case 'fail':
      throw new Error('the printer is on fire');
    case 'nojson':
      return 10n;
    case 'hang':
      for (;;);
    case 'end':
      process.exit(3);
    case 'secrets':
      return { secrets: context.secrets, environment: Object.keys(process.env).sort() };
    case 'slow':
      most = Math.max(most, ++running);
      if (payload.begun) {
        require('fs').writeFileSync(payload.begun, '');
      }
      await new Promise((done) => setTimeout(done, 1000 * (payload.seconds || 0.05)));
      running--;
      return most;
    default:
      return { event: context.event && context.event.eventType, got: payload };
  }
};
