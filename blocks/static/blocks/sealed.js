/* The form side of blocks/sealed.py: a box that can be moved and kept, but not edited or added. */
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

  class SealedBlock {
    constructor(blockDef, placeholder, prefix, state) {
      this.blockDef = blockDef;
      this.state = state;
      const box = document.createElement('div');
      box.className = 'help-block help-warning';
      const heading = document.createElement('p');
      heading.append(document.createElement('strong'));
      heading.firstChild.textContent = blockDef.words.missing + state.type;
      const note = document.createElement('p');
      note.textContent = blockDef.words.note;
      this.input = document.createElement('input');
      this.input.type = 'hidden';
      this.input.name = prefix;
      this.input.value = state.signed;
      this.errors = document.createElement('div');
      box.append(heading, note, this.errors, this.input);
      placeholder.replaceWith(box);
      this.element = box;
    }

    getState() { return this.state; }

    getValue() { return this.state; }

    setState() { /* read-only */ }

    getDuplicatedState() { return this.state; }

    setError(error) {
      this.errors.textContent = error && error.messages ? error.messages.join(' ') : '';
    }

    getTextLabel() { return this.state.type; }

    setCapabilityOptions() { /* none */ }

    focus() { this.element.scrollIntoView({ block: 'nearest' }); }
  }

  class SealedBlockDefinition {
    constructor(name, meta, words) {
      this.name = name;
      this.meta = meta;
      this.words = words;
    }

    render(placeholder, prefix, state) {
      return new SealedBlock(this, placeholder, prefix, state);
    }
  }

  class SealingStreamBlockDefinition extends StreamBlockDefinition {
    constructor(name, groups, states, meta) {
      super(name, groups, states, meta);
      this.groupedChildBlockDefs = groups
        .map(([group, defs]) => [group, defs.filter((def) => !(def instanceof SealedBlockDefinition))])
        .filter(([, defs]) => defs.length);
    }
  }

  window.telepath.register('blocks.SealedBlock', SealedBlockDefinition);
  window.telepath.register('blocks.SealingStreamBlock', SealingStreamBlockDefinition);
})();
